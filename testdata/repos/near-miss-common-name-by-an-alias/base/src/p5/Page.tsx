import Form from './Inner';
export const Page5 = () => <Form />;
