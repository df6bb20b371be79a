import Form from './Inner';
export const Page8 = () => <Form />;
