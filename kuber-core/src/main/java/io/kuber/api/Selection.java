package io.kuber.api;

import io.kuber.object.KubeObject;
import io.kuber.resource.Served;
import io.kuber.selector.FieldSelector;
import io.kuber.selector.InvalidSelectorException;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Stored;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects of one kind that the selectors of a request match. */
final class Selection {
  private final Served served;
  private final LabelSelector labels;
  private final FieldSelector fields;

  private Selection(Served served, LabelSelector labels, FieldSelector fields) {
    this.served = served;
    this.labels = labels;
    this.fields = fields;
  }

  /** The selection of a request; a name in its path is a selection too. */
  static Selection of(ApiRequest request, Served served) {
    try {
      FieldSelector fields = FieldSelector.parse(request.read().fieldSelector());
      for (FieldSelector.Term term : fields.terms()) {
        if (!served.version().selectableFields().containsKey(term.field())) {
          throw Failures.badRequest("field label not supported: " + term.field());
        }
      }
      return new Selection(served, LabelSelector.parse(request.read().labelSelector()), fields);
    } catch (InvalidSelectorException e) {
      throw Failures.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** Whether every object matches. */
  boolean isEverything() {
    return labels.isEmpty() && fields.isEmpty();
  }

  /** The only name that an object may have to match, or null. */
  @Nullable String onlyName() {
    return fields.required("metadata.name");
  }

  /** Whether the object matches. */
  boolean matches(Stored stored) {
    return isEverything() || matches(served.kind().current(stored.object()));
  }

  /** The same for one of many that a list passes by: what is read for this is not kept. */
  boolean matchesPassing(Stored stored) {
    return (labels.isEmpty() || labels.matches(stored.passingLabels()))
        && (fields.isEmpty() || matchesFields(served.kind().current(stored.passing())));
  }

  private boolean matches(KubeObject object) {
    return labels.matches(object.metadata().tree("labels")) && matchesFields(object);
  }

  private boolean matchesFields(KubeObject object) {
    return fields.matches(field -> value(object, field));
  }

  private String value(KubeObject object, String field) {
    List<String> path = served.version().selectableFields().get(field);
    Object value = path == null ? null : object.tree().at(path.toArray(String[]::new));
    return value instanceof BigDecimal number
        ? number.toPlainString()
        : value == null ? served.kind().rules().absent(field) : value.toString();
  }
}
