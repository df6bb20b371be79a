import Form from './Inner';
export const Page2 = () => <Form />;
