package io.kuber.api;

import io.kuber.api.ApiRequest.Body;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.Tree;
import io.kuber.schema.FieldCheck;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.util.Optional;

/** {@code DeleteOptions} that came as a body; what it says wins over the query. */
final class DeleteBody {
  private static final TypeSchema SCHEMA =
      Schemas.builtIn().of("v1", "DeleteOptions").orElseThrow();

  private DeleteBody() {}

  static DeleteOptions options(ApiRequest request) {
    return request.body() instanceof Body.Whole body
        ? options(body.object(), request.delete())
        : request.delete();
  }

  static DeleteOptions options(Tree body, DeleteOptions otherwise) {
    if (!body.text("kind").isEmpty() && !body.text("kind").equals("DeleteOptions")) {
      throw Failures.badRequest("decoded object cannot be converted to DeleteOptions");
    }
    Optional<String> wrong = FieldCheck.check(body, SCHEMA).error();
    if (wrong.isPresent()) {
      throw Failures.badRequest("DeleteOptions cannot be read: " + wrong.get());
    }
    return new DeleteOptions(
        grace(body, otherwise),
        policy(body, otherwise.propagationPolicy()),
        text(body.text("preconditions", "uid"), otherwise.uid()),
        text(body.text("preconditions", "resourceVersion"), otherwise.resourceVersion()));
  }

  /** A negative one counts as a second (k8s.io/apiserver, pkg/registry/rest/delete.go). */
  private static long grace(Tree body, DeleteOptions otherwise) {
    long asked = body.number(otherwise.gracePeriodSeconds(), "gracePeriodSeconds");
    return body.has("gracePeriodSeconds") && asked < 0 ? 1 : asked;
  }

  static boolean isDryRun(ApiRequest request) {
    boolean asked =
        request.body() instanceof Body.Whole body && !body.object().items("dryRun").isEmpty();
    return asked || request.write().dryRun();
  }

  private static String policy(Tree body, String otherwise) {
    if (body.has("propagationPolicy") || !body.has("orphanDependents")) {
      return text(body.text("propagationPolicy"), otherwise);
    }
    return body.isTrue("orphanDependents") ? "Orphan" : "Background";
  }

  private static String text(String said, String otherwise) {
    return said.isEmpty() ? otherwise : said;
  }
}
