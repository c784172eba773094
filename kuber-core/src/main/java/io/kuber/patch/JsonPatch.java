package io.kuber.patch;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON patch, RFC 6902: a list of operations, applied in order, all or none.
 *
 * <p>As in the library that kube-apiserver uses, a negative index counts from the end of a list,
 * and a test for null holds where there is no value.
 */
public final class JsonPatch {
  /** Operations of one patch. */
  public static final int MAX_OPERATIONS = 10_000;

  /** Bytes that the copy operations of one patch may add in all. */
  public static final long MAX_COPIED_BYTES = 3L << 20;

  private final Items operations;
  private long copiedBytes;

  private JsonPatch(Items operations) {
    this.operations = operations;
  }

  /** The object with all operations of the patch applied. */
  public static Tree apply(Tree object, Items patch) {
    if (patch.size() > MAX_OPERATIONS) {
      throw new PatchException(
          PatchException.Reason.TOO_LARGE,
          "The allowed maximum operations in a JSON patch is "
              + MAX_OPERATIONS
              + ", got "
              + patch.size());
    }
    Object result = new JsonPatch(patch).applyAll(object);
    if (result instanceof Tree tree) {
      return tree;
    }
    throw PatchException.unapplicable("the JSON patch leaves something that is no object");
  }

  private Object applyAll(Object document) {
    Object result = document;
    for (Object operation : operations) {
      if (!(operation instanceof Tree tree)) {
        throw PatchException.malformed("an operation of a JSON patch must be an object");
      }
      result = apply(result, tree);
    }
    return result;
  }

  private Object apply(Object document, Tree operation) {
    String name = text(operation, "op");
    Pointer path = Pointer.parse(text(operation, "path"));
    return switch (name) {
      case "add" -> Edits.add(document, path, value(operation));
      case "remove" -> Edits.remove(document, path);
      case "replace" -> Edits.replace(document, path, value(operation));
      case "move" -> move(document, from(operation), path);
      case "copy" -> copy(document, from(operation), path);
      case "test" -> test(document, path, operation.get("value"));
      default -> throw PatchException.malformed("a JSON patch has no operation \"" + name + "\"");
    };
  }

  private static Object move(Object document, Pointer from, Pointer path) {
    Object value = Edits.find(document, from).orElseThrow(() -> missing("move", from));
    if (from.equals(path)) {
      return document;
    }
    if (from.contains(path)) {
      throw PatchException.unapplicable(
          "move operation does not apply: " + path.text() + " is inside " + from.text());
    }
    return Edits.add(Edits.remove(document, from), path, value);
  }

  private Object copy(Object document, Pointer from, Pointer path) {
    Object value = Edits.find(document, from).orElseThrow(() -> missing("copy", from));
    copiedBytes += Json.print(value).length;
    if (copiedBytes > MAX_COPIED_BYTES) {
      throw new PatchException(
          PatchException.Reason.TOO_LARGE,
          "Unable to complete the copy, the accumulated size increase of copy is "
              + copiedBytes
              + ", exceeding the limit "
              + MAX_COPIED_BYTES);
    }
    return Edits.add(document, path, value);
  }

  private static Object test(Object document, Pointer path, @Nullable Object expected) {
    Object there = Edits.find(document, path).orElse(Nil.NIL);
    if (Numbers.areEqual(there, expected == null ? Nil.NIL : expected)) {
      return document;
    }
    throw new PatchException(
        PatchException.Reason.TEST_FAILED, "testing value " + path.text() + " failed: test failed");
  }

  private static Pointer from(Tree operation) {
    return Pointer.parse(text(operation, "from"));
  }

  private static Object value(Tree operation) {
    return Optional.ofNullable(operation.get("value"))
        .orElseThrow(() -> PatchException.malformed("operation without \"value\": " + operation));
  }

  private static String text(Tree operation, String name) {
    if (operation.get(name) instanceof String text) {
      return text;
    }
    throw PatchException.malformed("operation without \"" + name + "\": " + operation);
  }

  private static PatchException missing(String operation, Pointer path) {
    return PatchException.unapplicable(
        operation + " operation does not apply: doc is missing key: " + path.text());
  }
}
