import Form from './Inner';
export const Page30 = () => <Form />;
