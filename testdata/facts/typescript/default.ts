export default async (request) => request.body;
