package io.kuber.testkit.assertj;

import io.kuber.object.KubeObject;
import io.kuber.resource.Served;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import io.kuber.testkit.history.Names;
import io.kuber.testkit.history.ObservedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The object that assertions are about, which may come, change and go.
 *
 * @param namespace in which the test looks; kinds of cluster scope have none
 */
record Subject(
    ObservedCluster cluster, String apiVersion, String kind, String namespace, String name) {

  /** How the kind is served now; custom kinds may come and go too. */
  Optional<Served> served() {
    return cluster.catalogue().findKind(apiVersion, kind);
  }

  Optional<Key> key() {
    return served().map(served -> served.kind().type().key(place(served), name));
  }

  private String place(Served served) {
    return served.kind().type().namespaced() ? namespace : "";
  }

  /** The object as it is now, in the version that was asked for. */
  Optional<KubeObject> now() {
    return served()
        .flatMap(
            served ->
                Optional.ofNullable(
                        cluster.image().get(served.kind().type().key(place(served), name)))
                    .map(Stored::object)
                    .map(served::fromStored));
  }

  /** The objects of the same kind, in all namespaces. */
  List<KubeObject> others() {
    List<KubeObject> others = new ArrayList<>();
    served()
        .ifPresent(
            served ->
                cluster
                    .image()
                    .scan(served.kind().type().qualifiedName(), "", null)
                    .forEachRemaining(stored -> others.add(stored.passing())));
    return others;
  }

  @Override
  public String toString() {
    return Names.of(kind, served().map(this::place).orElse(namespace), name);
  }
}
