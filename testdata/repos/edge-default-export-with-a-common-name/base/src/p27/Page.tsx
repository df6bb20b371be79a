import Form from './Inner';
export const Page27 = () => <Form />;
