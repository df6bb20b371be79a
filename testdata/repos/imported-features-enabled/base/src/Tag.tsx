export const Tag = ({ app }) => <b>{app.name}</b>;
