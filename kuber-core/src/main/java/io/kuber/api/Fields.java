package io.kuber.api;

import io.kuber.api.ApiRequest.Body;
import io.kuber.api.WriteOptions.FieldValidation;
import io.kuber.object.Tree;
import io.kuber.schema.FieldCheck.Findings;
import java.util.ArrayList;
import java.util.List;

/** Holds a body against the schema of its kind: unknown fields go, wrong types are refused. */
final class Fields {
  private Fields() {}

  /** A body that the API goes on with, and what the client is to be warned of. */
  record Checked(Tree object, List<String> warnings) {}

  /** The whole object that a request has as its body, checked. */
  static Checked check(ApiRequest request, Lens lens) {
    if (!(request.body() instanceof Body.Whole body)) {
      throw Failures.badRequest("the request needs an object as its body");
    }
    return check(request, lens, body.object(), body.complaints());
  }

  /** An object as a patch left it, checked. */
  static Checked check(ApiRequest request, Lens lens, Tree patched) {
    return check(request, lens, patched, List.of());
  }

  private static Checked check(
      ApiRequest request, Lens lens, Tree object, List<String> readersComplaints) {
    Findings findings = lens.check(object);
    findings
        .error()
        .ifPresent(
            error -> {
              throw refused(lens, error);
            });
    List<String> complaints = new ArrayList<>();
    findings.unknown().forEach(field -> complaints.add("unknown field \"" + field + '"'));
    complaints.addAll(readersComplaints);
    FieldValidation validation = request.write().fieldValidation();
    if (validation == FieldValidation.STRICT && !complaints.isEmpty()) {
      throw refused(lens, "strict decoding error: " + String.join(", ", complaints));
    }
    return new Checked(
        findings.object(), validation == FieldValidation.WARN ? complaints : List.of());
  }

  private static ApiException refused(Lens lens, String why) {
    String name = lens.kindName();
    return Failures.badRequest(
        name
            + " in version \""
            + lens.type().version()
            + "\" cannot be handled as a "
            + name
            + ": "
            + why);
  }
}
