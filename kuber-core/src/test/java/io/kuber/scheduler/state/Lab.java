package io.kuber.scheduler.state;

import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import java.nio.charset.StandardCharsets;

/** A state to try things on, filled from YAML. */
public final class Lab {
  private final LocalStore store = new LocalStore();
  public final ClusterState cluster = new ClusterState(store.image());

  public static Tree yaml(String text) {
    return Yaml.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A node with 2 CPUs, 4 GiB, room for 3 pods; {@code labels} in YAML's flow style. */
  public NodeState node(String name, String labels, String spec) {
    String text =
        """
        metadata: {name: %1$s, labels: %2$s}
        spec: %3$s
        status: {allocatable: {cpu: '2', memory: 4Gi, pods: '3', example.com/gpu: '1'}}
        """
            .formatted(name, labels, spec);
    Tree node = yaml(text);
    Tree named = node.tree("metadata", "labels").withDefault("kubernetes.io/hostname", name);
    return cluster.putNode(KubeObject.of(node.withAt(named, "metadata", "labels")));
  }

  public NodeState node(String name) {
    return node(name, "{}", "{}");
  }

  public static Key key(String name) {
    return Resources.PODS.key("default", name);
  }

  /** A pod of the namespace default; labels and spec in YAML's flow style. */
  public PodEntry pod(String name, String labels, String spec) {
    return pod("default", name, labels, spec);
  }

  public PodEntry pod(String namespace, String name, String labels, String spec) {
    String text =
        "metadata: {name: %s, namespace: %s, uid: u-%s, labels: %s}\nspec: %s"
            .formatted(name, namespace, name, labels, spec);
    return cluster.putPod(Resources.PODS.key(namespace, name), KubeObject.of(yaml(text)));
  }

  public PodEntry placed(String node, String name, String labels, String spec) {
    PodEntry pod = pod(name, labels, spec);
    cluster.place(pod, node);
    return pod;
  }

  /** Puts some other object into the image, past all checks. */
  public void object(ResourceType type, String text) {
    KubeObject object = KubeObject.of(yaml(text));
    store.submit(new Command.Put(type.keyOf(object), Command.ABSENT, Json.print(object.tree())));
    cluster.advance(store.image());
  }
}
