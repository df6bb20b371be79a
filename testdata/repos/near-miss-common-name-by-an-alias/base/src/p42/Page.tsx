import Form from './Inner';
export const Page42 = () => <Form />;
