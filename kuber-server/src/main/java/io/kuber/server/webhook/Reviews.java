package io.kuber.server.webhook;

import io.kuber.admission.webhook.AdmissionReviews;
import io.kuber.resource.custom.ConversionReviews;

/** Who asks webhooks for reviews of all kinds. May be called from any thread; the caller waits. */
public interface Reviews extends ConversionReviews, AdmissionReviews {}
