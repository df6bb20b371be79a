import Form from './Inner';
export const Page17 = () => <Form />;
