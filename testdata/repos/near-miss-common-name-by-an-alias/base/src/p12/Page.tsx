import Form from './Inner';
export const Page12 = () => <Form />;
