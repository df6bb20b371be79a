// In a user interface: what signs in, not what looks like it.
import { signIn } from "next-auth/react";

export function SignIn({ provider }) {
  const start = () => {
    signIn(provider); //~ area auth
  };
  return <Button onClick={start}>Continue</Button>;
}

export function PasswordField({ value, onChange }) {
  return <input type="password" value={value} onChange={onChange} />;
}

export function UserCard({ user }) {
  return <h2>{user.displayName}</h2>;
}

export function AddButton({ project }) {
  return <PermissionButton permission={ADD_MEMBER} projectId={project}>Add</PermissionButton>;
}
