package io.kuber.admission.policy;

import io.kuber.access.Authorizer;
import io.kuber.admission.match.MatchResources;
import io.kuber.admission.match.Question;
import io.kuber.api.Admission;
import io.kuber.object.KubeObject;
import io.kuber.resource.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets policies refuse what is written (plugin/policy/validating/dispatcher.go). */
final class Validating implements Admission {
  private final Stock<ValidatingPolicy> policies;
  private final Stock<Binding> bindings;
  private final Authorizer authorizer;

  Validating(Stock<ValidatingPolicy> policies, Stock<Binding> bindings, Authorizer authorizer) {
    this.policies = policies;
    this.bindings = bindings;
    this.authorizer = authorizer;
  }

  @Override
  public KubeObject admit(Request request) {
    List<ValidatingPolicy> all = policies.in(request.image());
    if (all.isEmpty() || !MatchResources.isShown(request.kind().type())) {
      return request.object();
    }
    List<Denial> denials = new ArrayList<>();
    Remarks remarks = new Remarks();
    for (ValidatingPolicy policy : all) {
      Optional<Served> served = policy.policy().match().version(request);
      if (served.isPresent()) {
        Question question = Question.of(request, served.get());
        for (Binding binding : bindings.in(request.image())) {
          if (binding.binds(policy.policy(), request)) {
            denials.addAll(judged(policy, binding, question, remarks));
          }
        }
      }
    }
    remarks.tell(request.context().notes());
    if (!denials.isEmpty()) {
      throw denials.get(0).refusal(request);
    }
    return request.object();
  }

  private List<Denial> judged(
      ValidatingPolicy validating, Binding binding, Question question, Remarks remarks) {
    Policy policy = validating.policy();
    Request request = question.request();
    List<Denial> denials = new ArrayList<>();
    try {
      for (Optional<KubeObject> param :
          ParamRef.all(policy, binding, request.image(), request.object().namespace())) {
        Evaluation evaluation = new Evaluation(policy, question, param, authorizer);
        Judgement judgement =
            Judgement.of(validating, evaluation, request.context().notes().isTaken());
        remarks.add(policy, binding, judgement);
        for (Finding violation : judgement.violations()) {
          if (binding.actions().contains("Deny")) {
            denials.add(new Denial(policy.name(), binding.name(), violation));
          }
          if (binding.actions().contains("Warn")) {
            warn(request, policy, binding, violation);
          }
        }
        judgement
            .faults()
            .forEach(fault -> denials.add(new Denial(policy.name(), binding.name(), fault)));
      }
    } catch (Misconfigured wrong) {
      if (!policy.isLenient()) {
        denials.add(
            new Denial(
                policy.name(),
                binding.name(),
                Finding.of("failed to configure binding: " + wrong.text())));
      }
    }
    return denials;
  }

  private static void warn(Request request, Policy policy, Binding binding, Finding violation) {
    request
        .context()
        .warnings()
        .accept(
            "Validation failed for ValidatingAdmissionPolicy '%s' with binding '%s': %s"
                .formatted(policy.name(), binding.name(), violation.message()));
  }
}
