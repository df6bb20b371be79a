import Form from './Inner';
export const Page19 = () => <Form />;
