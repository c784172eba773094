package io.kuber.admission.policy;

import io.kuber.access.Authorizer;
import io.kuber.admission.match.MatchConditions;
import io.kuber.admission.match.MatchResources;
import io.kuber.admission.match.Question;
import io.kuber.admission.match.Rounds;
import io.kuber.admission.policy.MutatingPolicy.Mutation;
import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import io.kuber.resource.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets policies change what is written (plugin/policy/mutating/dispatcher.go). */
final class Mutating implements Admission, Rounds.Changer<Mutating.Invocation> {
  private final Stock<MutatingPolicy> policies;
  private final Stock<Binding> bindings;
  private final Authorizer authorizer;
  private final Admission again;

  /**
   * A link.
   *
   * @param again the links before this one that look once more at what policies have changed
   */
  Mutating(
      Stock<MutatingPolicy> policies,
      Stock<Binding> bindings,
      Authorizer authorizer,
      Admission again) {
    this.policies = policies;
    this.bindings = bindings;
    this.authorizer = authorizer;
    this.again = again;
  }

  /** A policy that is in force for a write, with one of its parameters. */
  record Invocation(
      MutatingPolicy policy, Binding binding, Served served, Optional<KubeObject> param) {}

  @Override
  public KubeObject admit(Request request) {
    List<Invocation> invocations = invocations(request);
    return invocations.isEmpty()
        ? request.object()
        : new Rounds<>(invocations, this).run(request, again);
  }

  /** Shows policies that want it what others have changed behind them. */
  KubeObject again(Request request) {
    List<Invocation> invocations = invocations(request);
    return invocations.isEmpty()
        ? request.object()
        : new Rounds<>(invocations, this).again(request);
  }

  private List<Invocation> invocations(Request request) {
    List<MutatingPolicy> all = policies.in(request.image());
    if (all.isEmpty() || !MatchResources.isShown(request.kind().type())) {
      return List.of();
    }
    List<Invocation> invocations = new ArrayList<>();
    for (MutatingPolicy policy : all) {
      Optional<Served> served = policy.policy().match().version(request);
      if (served.isPresent()) {
        for (Binding binding : bindings.in(request.image())) {
          if (binding.binds(policy.policy(), request)) {
            invocations.addAll(invocations(policy, binding, served.get(), request));
          }
        }
      }
    }
    return invocations;
  }

  private static List<Invocation> invocations(
      MutatingPolicy policy, Binding binding, Served served, Request request) {
    try {
      return ParamRef.all(policy.policy(), binding, request.image(), request.object().namespace())
          .stream()
          .map(param -> new Invocation(policy, binding, served, param))
          .toList();
    } catch (Misconfigured wrong) {
      if (policy.policy().isLenient()) {
        return List.of();
      }
      throw new Denial(
              policy.policy().name(),
              binding.name(),
              new Finding("failed to configure binding: " + wrong.text(), "Forbidden"))
          .ofChange(request);
    }
  }

  @Override
  public String id(Invocation invocation) {
    return "%s/%s/%s"
        .formatted(
            invocation.policy().policy().name(),
            invocation.binding().name(),
            invocation.param().map(param -> param.namespace() + "/" + param.name()).orElse(""));
  }

  @Override
  public boolean isReinvoked(Invocation invocation) {
    return invocation.policy().isReinvoked();
  }

  @Override
  public KubeObject change(Invocation invocation, Request request, Rounds.Turn turn) {
    Policy policy = invocation.policy().policy();
    try {
      return changed(invocation, request);
    } catch (Misconfigured failed) {
      if (policy.isLenient()) {
        return request.object();
      }
      throw new Denial(policy.name(), invocation.binding().name(), Finding.of(failed.text()))
          .ofChange(request);
    }
  }

  private KubeObject changed(Invocation invocation, Request request) throws Misconfigured {
    Request next = request;
    Question question = Question.of(next, invocation.served());
    MatchConditions.Result matches = evaluation(invocation, question).matches();
    if (matches.complaint().isPresent()) {
      throw new Misconfigured(matches.complaint().get());
    }
    if (!matches.matches()) {
      return request.object();
    }
    for (Mutation mutation : invocation.policy().mutations()) {
      question = Question.of(next, invocation.served());
      next = next.with(Change.of(mutation, question, evaluation(invocation, question)));
    }
    return next.object();
  }

  private Evaluation evaluation(Invocation invocation, Question question) {
    return new Evaluation(invocation.policy().policy(), question, invocation.param(), authorizer);
  }
}
