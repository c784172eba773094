package io.kuber.api;

import io.kuber.api.ApiRequest.Body;
import io.kuber.api.WriteOptions.FieldValidation;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.schema.FieldCheck;
import io.kuber.schema.FieldCheck.Findings;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds a body against the schema of its kind: unknown fields go, wrong types are refused. */
final class Fields {
  private final Schemas schemas;

  Fields(Schemas schemas) {
    this.schemas = schemas;
  }

  /** A body that the API goes on with, and what the client is to be warned of. */
  record Checked(Tree object, List<String> warnings) {}

  /** The whole object that a request has as its body, checked. */
  Checked check(ApiRequest request, Kind kind, Facet facet) {
    if (!(request.body() instanceof Body.Whole body)) {
      throw Failures.badRequest("the request needs an object as its body");
    }
    return check(request, kind, facet, body.object(), body.complaints());
  }

  /** An object as a patch left it, checked. */
  Checked check(ApiRequest request, Kind kind, Facet facet, Tree patched) {
    return check(request, kind, facet, patched, List.of());
  }

  private Checked check(
      ApiRequest request, Kind kind, Facet facet, Tree object, List<String> readersComplaints) {
    Optional<TypeSchema> schema = schemas.of(facet.apiVersion(kind), facet.kind(kind));
    if (schema.isEmpty()) {
      return new Checked(object, List.of());
    }
    Findings findings = FieldCheck.check(object, schema.get());
    findings
        .error()
        .ifPresent(
            error -> {
              throw refused(kind, facet, error);
            });
    List<String> complaints = new ArrayList<>();
    findings.unknown().forEach(field -> complaints.add("unknown field \"" + field + '"'));
    complaints.addAll(readersComplaints);
    FieldValidation validation = request.write().fieldValidation();
    if (validation == FieldValidation.STRICT && !complaints.isEmpty()) {
      throw refused(kind, facet, "strict decoding error: " + String.join(", ", complaints));
    }
    return new Checked(
        findings.object(), validation == FieldValidation.WARN ? complaints : List.of());
  }

  private static ApiException refused(Kind kind, Facet facet, String why) {
    String name = facet.kind(kind);
    return Failures.badRequest(
        name
            + " in version \""
            + kind.type().version()
            + "\" cannot be handled as a "
            + name
            + ": "
            + why);
  }
}
