import Form from './Inner';
export const Page4 = () => <Form />;
