import Form from './Inner';
export const Page43 = () => <Form />;
