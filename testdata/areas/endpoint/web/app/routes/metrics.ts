// A route of a web application that answers programs.
export async function loader({ request }: LoaderArgs) {
  const text = await collect();
  return new Response(text); //~ area endpoint:high
}

function collect() {
  return registry.text();
}
