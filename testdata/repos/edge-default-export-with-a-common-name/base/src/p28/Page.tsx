import Form from './Inner';
export const Page28 = () => <Form />;
