import Form from './Inner';
export const Page25 = () => <Form />;
