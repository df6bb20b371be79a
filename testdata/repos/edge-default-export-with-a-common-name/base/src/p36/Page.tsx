import Form from './Inner';
export const Page36 = () => <Form />;
