import Form from './Inner';
export const Page33 = () => <Form />;
