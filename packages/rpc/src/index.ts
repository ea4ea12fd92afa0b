export type { Call, CallOptions } from './call.ts'
export type {
  AnyContractRouter,
  Client,
  Handlers,
  InputOf,
  OutputOf,
  ParsedInputOf,
  ParsedOutputOf,
} from './contract.ts'
export { httpClient, type RemoteService } from './http-client.ts'
export { type HttpHandler, sendBadMethod, sendFailure, sendJson } from './http-message.ts'
export { type HttpTransport, httpTransport } from './http-transport.ts'
export { inProcessClient } from './in-process-client.ts'
export { type OpenApiInfo, openApiDocument } from './open-api-document.ts'
export { type OpenApiHandlerOptions, openApiHandler, type Reply } from './open-api-handler.ts'
export { asFailure, type FailureBody, failureBody, httpStatusOf, parseFailure, rpcFailure } from './rpc-failure.ts'
export { type RpcLimits, rpcHandler, rpcPrefix } from './rpc-handler.ts'
export { type CallLimits, runCall } from './run-call.ts'
export { type CallWatch, type ServedContract, serveContract } from './served-contract.ts'
export { childTrace, formatTrace, newTrace, parseTrace, type TraceContext } from './trace-context.ts'
export { plainReason } from './validate.ts'
