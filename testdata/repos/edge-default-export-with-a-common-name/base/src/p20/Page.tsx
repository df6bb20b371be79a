import Form from './Inner';
export const Page20 = () => <Form />;
