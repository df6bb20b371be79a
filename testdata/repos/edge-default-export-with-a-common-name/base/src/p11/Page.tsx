import Form from './Inner';
export const Page11 = () => <Form />;
