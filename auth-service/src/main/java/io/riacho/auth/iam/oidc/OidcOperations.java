package io.riacho.auth.iam.oidc;

import io.riacho.auth.iam.IamChanges;
import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Quotas;
import io.riacho.auth.iam.TagStore;
import io.riacho.auth.iam.Tags;
import io.riacho.auth.identity.IamArns;
import io.riacho.protocol.AwsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersRequest;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersResponse;
import software.amazon.awssdk.services.iam.model.OpenIDConnectProviderListEntry;
import software.amazon.awssdk.services.iam.model.RemoveClientIdFromOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintRequest;

/** OpenID Connect providers. Only {@code https} ones: their keys are fetched by their URL. */
public final class OidcOperations {

    private static final String SCHEME = "https://";

    private final OidcStore store;
    private final TagStore tags;
    private final IamChanges changes;
    private final IamArns arns;
    private final InstantSource clock;

    public OidcOperations(OidcStore store, TagStore tags, IamChanges changes, IamArns arns, InstantSource clock) {
        this.store = store;
        this.tags = tags;
        this.changes = changes;
        this.arns = arns;
        this.clock = clock;
    }

    public CreateOpenIdConnectProviderResponse createOpenIDConnectProvider(CreateOpenIdConnectProviderRequest request) {
        Map<String, String> given = Tags.of(request.tags());
        OidcProvider provider = checked(new OidcProvider(
                url(request.url()),
                List.copyOf(new LinkedHashSet<>(request.clientIDList())),
                request.thumbprintList(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS)));
        return changes.get(
                () -> {
                    changes.lock("oidc-providers");
                    if (store.all().size() >= Quotas.OIDC_PROVIDERS) {
                        throw IamErrors.limitExceeded("OpenIdConnectProvidersPerAccount", Quotas.OIDC_PROVIDERS);
                    }
                    store.insert(provider);
                    tags.put(provider.url(), given);
                    return CreateOpenIdConnectProviderResponse.builder()
                            .openIDConnectProviderArn(arns.ofOidcProvider(provider.url()))
                            .tags(Tags.shapes(given))
                            .build();
                },
                () -> IamErrors.alreadyExists("Provider with url " + request.url() + " already exists."));
    }

    public GetOpenIdConnectProviderResponse getOpenIDConnectProvider(GetOpenIdConnectProviderRequest request) {
        OidcProvider provider = arns.oidcProvider(request.openIDConnectProviderArn())
                .flatMap(store::find)
                .orElseThrow(() -> noSuchProvider(request.openIDConnectProviderArn()));
        return GetOpenIdConnectProviderResponse.builder()
                .url(provider.url())
                .clientIDList(provider.clientIds())
                .thumbprintList(provider.thumbprints())
                .createDate(provider.createdAt())
                .tags(Tags.shapes(tags.of(provider.url())))
                .build();
    }

    public ListOpenIdConnectProvidersResponse listOpenIDConnectProviders(ListOpenIdConnectProvidersRequest request) {
        return ListOpenIdConnectProvidersResponse.builder()
                .openIDConnectProviderList(store.all().stream()
                        .map(provider -> OpenIDConnectProviderListEntry.builder()
                                .arn(arns.ofOidcProvider(provider.url()))
                                .build())
                        .toList())
                .build();
    }

    /** One that is not there any more is no error. */
    public void deleteOpenIDConnectProvider(DeleteOpenIdConnectProviderRequest request) {
        changes.run(() -> arns.oidcProvider(request.openIDConnectProviderArn()).ifPresent(store::delete));
    }

    public void addClientIDToOpenIDConnectProvider(AddClientIdToOpenIdConnectProviderRequest request) {
        change(request.openIDConnectProviderArn(), provider -> {
            LinkedHashSet<String> clientIds = new LinkedHashSet<>(provider.clientIds());
            clientIds.add(request.clientID());
            return new OidcProvider(
                    provider.url(), List.copyOf(clientIds), provider.thumbprints(), provider.createdAt());
        });
    }

    public void removeClientIDFromOpenIDConnectProvider(RemoveClientIdFromOpenIdConnectProviderRequest request) {
        change(request.openIDConnectProviderArn(), provider -> {
            List<String> clientIds = new ArrayList<>(provider.clientIds());
            clientIds.remove(request.clientID());
            return new OidcProvider(provider.url(), clientIds, provider.thumbprints(), provider.createdAt());
        });
    }

    public void updateOpenIDConnectProviderThumbprint(UpdateOpenIdConnectProviderThumbprintRequest request) {
        change(
                request.openIDConnectProviderArn(),
                provider -> new OidcProvider(
                        provider.url(), provider.clientIds(), request.thumbprintList(), provider.createdAt()));
    }

    private void change(String arn, UnaryOperator<OidcProvider> change) {
        changes.run(() -> {
            OidcProvider provider = arns.oidcProvider(arn).flatMap(store::lock).orElseThrow(() -> noSuchProvider(arn));
            store.update(checked(change.apply(provider)));
        });
    }

    private static OidcProvider checked(OidcProvider provider) {
        if (provider.clientIds().size() > Quotas.OIDC_CLIENT_IDS) {
            throw IamErrors.limitExceeded("ClientIdsPerOpenIdConnectProvider", Quotas.OIDC_CLIENT_IDS);
        }
        if (provider.thumbprints().size() > Quotas.OIDC_THUMBPRINTS) {
            throw IamErrors.invalidInput(
                    "Thumbprint list must contain fewer than " + (Quotas.OIDC_THUMBPRINTS + 1) + " entries.");
        }
        return provider;
    }

    private static String url(String given) {
        try {
            URI uri = new URI(given);
            boolean isPlain = uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null
                    && uri.getHost() != null;
            if (given.startsWith(SCHEME) && isPlain && given.length() <= 255) {
                // Just as tokens name it: some issuers end with a slash.
                return given.substring(SCHEME.length());
            }
        } catch (URISyntaxException _) {
            // Not a URL, as below.
        }
        throw IamErrors.validation("Invalid Open ID Connect Provider URL");
    }

    private static AwsException noSuchProvider(String arn) {
        return IamErrors.noSuchEntity("OpenIDConnect Provider not found for arn " + arn);
    }
}
