import Form from './Inner';
export const Page1 = () => <Form />;
