import Form from './Inner';
export const Page3 = () => <Form />;
