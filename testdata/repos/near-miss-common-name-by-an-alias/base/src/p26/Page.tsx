import Form from './Inner';
export const Page26 = () => <Form />;
