import Form from './Inner';
export const Page34 = () => <Form />;
