import Form from './Inner';
export const Page0 = () => <Form />;
