// What programs do with the JavaScript client: node work.mjs MODULES NAMESPACE, with KUBECONFIG set.
// Says line by line what it sees.
import { pathToFileURL } from 'node:url';

const [modules, namespace] = process.argv.slice(2);
const k8s = await import(pathToFileURL(`${modules}/@kubernetes/client-node/dist/index.js`));
const config = new k8s.KubeConfig();
config.loadFromDefault();
const core = config.makeApiClient(k8s.CoreV1Api);
const it = { name: 'it', namespace };

/** The events of a watch, one by one. */
class Events {
  #seen = [];
  #waiting = [];

  add(event) {
    const next = this.#waiting.shift();
    next ? next(event) : this.#seen.push(event);
  }

  next() {
    const event = this.#seen.shift();
    return event === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : event;
  }
}

await core.createNamespace({ body: { metadata: { name: namespace } } });
const events = new Events();
const watch = await new k8s.Watch(config).watch(
  `/api/v1/namespaces/${namespace}/configmaps`,
  { fieldSelector: 'metadata.name=it' },
  (type, map) => events.add(`${type} ${JSON.stringify(map.data)}`),
  () => events.add('closed'),
);

await core.createNamespacedConfigMap({
  namespace,
  body: { metadata: { name: 'it' }, data: { key: 'one' } },
});
console.log(await events.next());

const merge = k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch);
await core.patchNamespacedConfigMap({ ...it, body: { data: { key: null, more: 'yes' } } }, merge);
console.log(await events.next());

const list = await core.listNamespacedConfigMap({ namespace, fieldSelector: 'metadata.name=it' });
console.log(`listed ${list.items.map((map) => map.metadata.name)}`);

await core.deleteNamespacedConfigMap(it);
console.log(await events.next());
watch.abort();

try {
  await core.readNamespacedConfigMap(it);
  console.log('still there');
} catch (failure) {
  console.log(`${failure.code} ${JSON.parse(failure.body).reason}`);
}
