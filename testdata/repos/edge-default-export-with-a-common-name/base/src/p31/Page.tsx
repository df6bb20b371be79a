import Form from './Inner';
export const Page31 = () => <Form />;
