package io.kuber.testkit.scenario;

import io.kuber.object.Quantity;
import io.kuber.testkit.field.Fields;
import io.kuber.testkit.node.NodeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what is said of nodes, and what nodes and pods have in common. */
final class PoolFields {
  /** As many pods as a node has addresses for. */
  private static final int MAX_PODS = 250;

  private static final int USUAL_PODS = 110;
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");
  private static final Pattern TAINT =
      Pattern.compile("[^=:]+(=[^=:]*)?:(NoSchedule|PreferNoSchedule|NoExecute)");

  private PoolFields() {}

  static Pool read(Fields fields) {
    Pool pool =
        new Pool(
            name(fields, "pool", "node"),
            fields.number("count", 1, 1, NodeSettings.MAX_COUNT),
            quantity(fields, "cpu", "8"),
            quantity(fields, "memory", "32Gi"),
            fields.number("pods", USUAL_PODS, 1, MAX_PODS),
            fields.texts("labels"),
            taints(fields, "taints"),
            List.copyOf(fields.different("zones", Set.of())));
    fields.checkAllRead();
    return pool;
  }

  /** A name that objects and nodes may have, with a number behind it. */
  static String name(Fields fields, String field, String otherwise) {
    String name = fields.text(field, otherwise);
    if (!NAME.matcher(name).matches()) {
      fields.refuse(
          field, "\"%s\" is no name: small letters, digits and dashes, 40 at most".formatted(name));
    }
    return name;
  }

  /** An amount such as {@code 100m} or {@code 2Gi}. */
  static String quantity(Fields fields, String field, String otherwise) {
    String text = fields.text(field, otherwise);
    try {
      if (Quantity.parse(text).compareTo(Quantity.ZERO) < 0) {
        fields.refuse(field, text + " is negative");
        return otherwise;
      }
      return text;
    } catch (IllegalArgumentException bad) {
      fields.refuse(field, "\"%s\" is no amount such as 100m or 2Gi".formatted(text));
      return otherwise;
    }
  }

  /** Taints, or what tolerates them, as {@code kubectl taint} writes them. */
  static List<String> taints(Fields fields, String field) {
    List<String> taints = new ArrayList<>();
    for (String taint : fields.different(field, Set.of())) {
      if (TAINT.matcher(taint).matches()) {
        taints.add(taint);
      } else {
        fields.refuse(field, "\"%s\" is not of the form key=value:NoSchedule".formatted(taint));
      }
    }
    return taints;
  }
}
