import Form from './Inner';
export const Page23 = () => <Form />;
