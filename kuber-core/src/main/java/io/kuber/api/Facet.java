package io.kuber.api;

import io.kuber.managed.FieldSet;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Served;
import java.util.Set;

/**
 * The side of an object that one path shows and lets change: the object itself or a subresource.
 * Facets know the stored version only; {@link Lens} adds the one that the client asks for.
 */
interface Facet {
  /** The one field that has a path of its own in most kinds. */
  FieldSet STATUS_FIELD = FieldSet.ofNames("status");

  /** The object itself, without its status where status is a subresource. */
  Facet WHOLE_BUT_STATUS =
      new Facet() {
        @Override
        public KubeObject merge(KubeObject whole, KubeObject shown) {
          Object status = whole.tree().get("status");
          return status == null ? shown.without("status") : shown.with(status, "status");
        }

        @Override
        public FieldSet owned(FieldSet fields) {
          return fields.recursiveDifference(STATUS_FIELD);
        }
      };

  /** The object itself. */
  Facet WHOLE = new Facet() {};

  /** A namespace itself: who has work to do before it can go is said elsewhere. */
  Facet WHOLE_BUT_FINALIZERS =
      new Facet() {
        @Override
        public KubeObject merge(KubeObject whole, KubeObject shown) {
          return WHOLE_BUT_STATUS
              .merge(whole, shown)
              .with(whole.spec().items("finalizers"), "spec", "finalizers");
        }

        @Override
        public FieldSet owned(FieldSet fields) {
          return WHOLE_BUT_STATUS.owned(fields);
        }
      };

  /** Status and metadata; the rest is not changed through this. */
  Facet STATUS =
      new Facet() {
        @Override
        public KubeObject merge(KubeObject whole, KubeObject shown) {
          Tree merged = whole.tree().with("metadata", shown.metadata());
          Object status = shown.tree().get("status");
          return KubeObject.of(
              status == null ? merged.without("status") : merged.with("status", status));
        }

        @Override
        public FieldSet owned(FieldSet fields) {
          return fields.within(Set.of("metadata", "status"));
        }
      };

  /** The conditions in which people decide; nothing else is changed through this. */
  Facet APPROVAL =
      new Facet() {
        @Override
        public KubeObject merge(KubeObject whole, KubeObject shown) {
          return whole.with(shown.status().items("conditions"), "status", "conditions");
        }
      };

  /** {@code spec.finalizers} of a namespace; nothing else is changed through this. */
  Facet FINALIZE =
      new Facet() {
        @Override
        public KubeObject merge(KubeObject whole, KubeObject shown) {
          return whole.with(shown.spec().items("finalizers"), "spec", "finalizers");
        }
      };

  /** {@code spec.ephemeralContainers} of a pod; nothing else is changed through this. */
  Facet EPHEMERAL_CONTAINERS =
      new Facet() {
        @Override
        public KubeObject merge(KubeObject whole, KubeObject shown) {
          Items containers = shown.spec().items("ephemeralContainers");
          return whole.with(containers, "spec", "ephemeralContainers");
        }
      };

  /** What the containers of a pod may use; nothing else is changed through this. */
  Facet RESIZE =
      new Facet() {
        @Override
        public KubeObject merge(KubeObject whole, KubeObject shown) {
          return resized(resized(whole, shown, "initContainers"), shown, "containers");
        }

        private static KubeObject resized(KubeObject whole, KubeObject shown, String list) {
          Items containers = whole.spec().items(list);
          Items sizes = shown.spec().items(list);
          for (int i = 0; i < Math.min(containers.size(), sizes.size()); i++) {
            Tree resources = sizes.tree(i).tree("resources");
            containers = containers.with(i, containers.tree(i).with("resources", resources));
          }
          return containers.isEmpty() ? whole : whole.with(containers, "spec", list);
        }
      };

  /** The apiVersion of what a client sees. */
  default String apiVersion(Served served) {
    return served.type().apiVersion();
  }

  /** The kind of what a client sees. */
  default String kind(Served served) {
    return served.type().kind();
  }

  /** Whether a client sees the object as it is stored. */
  default boolean showsWhole() {
    return true;
  }

  /** Those of some fields that can be changed through this, and so come to be owned. */
  default FieldSet owned(FieldSet fields) {
    return fields;
  }

  /** What a client sees of the object. */
  default KubeObject show(KubeObject whole) {
    return whole;
  }

  /** A body that is meant for this facet, with the type and the names of the request. */
  default KubeObject placed(ApiRequest request, Served served, KubeObject body) {
    return Identity.placed(request, served.type(), body);
  }

  /** The object once a client has changed what it sees to {@code shown}. */
  default KubeObject merge(KubeObject whole, KubeObject shown) {
    return shown;
  }
}
