import Form from './Inner';
export const Page22 = () => <Form />;
