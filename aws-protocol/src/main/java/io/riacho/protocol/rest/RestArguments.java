package io.riacho.protocol.rest;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers the {@link RequestContext} and the {@link RestBody}, and refuses where nobody is authenticated. */
final class RestArguments implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == RequestContext.class || parameter.getParameterType() == RestBody.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        Object argument = request == null
                ? null
                : parameter.getParameterType() == RestBody.class
                        ? RestRequests.body(request)
                        : RestRequests.context(request);
        if (argument == null) {
            throw AwsException.badRequest("MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        return argument;
    }
}
