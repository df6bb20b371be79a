import Form from './Inner';
export const Page39 = () => <Form />;
