package io.kuber.testkit.history;

import io.kuber.object.KubeObject;
import io.kuber.store.Key;
import java.util.Locale;

/** Objects as people name them: {@code deployment default/web}, {@code node node-0}. */
public final class Names {
  private Names() {}

  /** The name of an object. */
  public static String of(KubeObject object) {
    return of(object.kind(), object.namespace(), object.name());
  }

  static String of(String kind, Key key) {
    return of(kind, key.namespace(), key.name());
  }

  /** The name of an object; the namespace is empty for cluster scope. */
  public static String of(String kind, String namespace, String name) {
    String place = namespace.isEmpty() ? "" : namespace + "/";
    return kind.toLowerCase(Locale.ROOT) + " " + place + name;
  }
}
