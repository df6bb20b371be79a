import Form from './Inner';
export const Page18 = () => <Form />;
