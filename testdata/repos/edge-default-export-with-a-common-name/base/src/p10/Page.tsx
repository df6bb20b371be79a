import Form from './Inner';
export const Page10 = () => <Form />;
