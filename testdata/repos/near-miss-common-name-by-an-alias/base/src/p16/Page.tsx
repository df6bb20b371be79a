import Form from './Inner';
export const Page16 = () => <Form />;
