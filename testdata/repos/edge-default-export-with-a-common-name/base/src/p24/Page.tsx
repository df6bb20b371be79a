import Form from './Inner';
export const Page24 = () => <Form />;
