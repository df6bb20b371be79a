export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const on = await env.FLAGS.getBooleanValue("new-checkout", false, { userId: "1" }); //~ flag cloudflare-flagship new-checkout default=false
    const text = await env.FLAGS.getStringValue("cta", "Buy"); //~ flag cloudflare-flagship cta
    const cached = await env.CACHE.get("new-checkout");
    const any = await env.EXPERIMENT_FLAGS.get("layout", "old"); //~ flag cloudflare-flagship layout
    return new Response(on ? text : String(cached ?? any), { headers: request.headers });
  },
};
