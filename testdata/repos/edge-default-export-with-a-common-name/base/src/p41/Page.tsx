import Form from './Inner';
export const Page41 = () => <Form />;
