import Form from './Inner';
export const Page32 = () => <Form />;
