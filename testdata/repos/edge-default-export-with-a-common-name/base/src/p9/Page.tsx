import Form from './Inner';
export const Page9 = () => <Form />;
