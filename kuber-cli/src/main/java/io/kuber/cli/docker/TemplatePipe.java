package io.kuber.cli.docker;

import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An expression of a template: commands, each of which gets the value of the one before as its last
 * argument.
 *
 * @param source as it was written
 */
record TemplatePipe(String source, List<List<Operand>> commands) {
  /** Something that has a value. */
  sealed interface Operand {}

  /** A text or number that stands there. */
  record Constant(Object value) implements Operand {}

  /** Fields of the dot (an empty variable) or of a variable. */
  record Path(String variable, List<String> fields) implements Operand {}

  /** The name of a function. */
  record Function(String name) implements Operand {}

  /** An expression in parentheses, and fields of its value. */
  record Inner(TemplatePipe pipe, List<String> fields) implements Operand {}

  /** The value; {@link Nil} for a field that is not there. */
  Object value(Template.Scope scope) {
    Optional<Object> last = Optional.empty();
    for (List<Operand> command : commands) {
      last = Optional.of(value(command, last, scope));
    }
    return last.orElse(Nil.NIL);
  }

  private static Object value(List<Operand> command, Optional<Object> last, Template.Scope scope) {
    List<Object> arguments = new ArrayList<>();
    command.stream().skip(1).forEach(each -> arguments.add(value(each, scope)));
    last.ifPresent(arguments::add);
    if (command.get(0) instanceof Function function) {
      return TemplateFunctions.call(function.name(), arguments);
    }
    return value(command.get(0), scope);
  }

  private static Object value(Operand operand, Template.Scope scope) {
    if (operand instanceof Constant constant) {
      return constant.value();
    }
    if (operand instanceof Path path) {
      Object from =
          path.variable().isEmpty()
              ? scope.dot()
              : scope.variables().getOrDefault(path.variable(), Nil.NIL);
      return follow(from, path.fields());
    }
    if (operand instanceof Inner inner) {
      return follow(inner.pipe().value(scope), inner.fields());
    }
    return TemplateFunctions.call(((Function) operand).name(), List.of());
  }

  private static Object follow(Object from, List<String> fields) {
    Object value = from;
    for (String field : fields) {
      Object next = value instanceof Tree tree ? tree.get(field) : null;
      value = next == null ? Nil.NIL : next;
    }
    return value;
  }
}
